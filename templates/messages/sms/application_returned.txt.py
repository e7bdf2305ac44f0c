BBBBBBBBBB BBB gettext(u'Your nursery application %(code)s lacks something: see My matters or phone %(phone)s. Check %(real)s') 
  SSSS SSSSSSS SSSSSSSSSSS SSSSSSSS SSSSS SSSSSSSSSS SSS SS SSSSSSS SS SSSSS SSSSSSSSSS SSSSS SSSSSSSS
BBBBBBBBBBBBB
