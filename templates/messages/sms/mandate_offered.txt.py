BBBBBBBBBB BBB gettext(u'Somebody asks you to act for them: see My matters or phone %(phone)s. Check %(real)s') 
  SSSSSSSS SSSS SSS SS SSS SSS SSSSS SSS SS SSSSSSS SS SSSSS SSSSSSSSSS SSSSS SSSSSSSS
BBBBBBBBBBBBB
