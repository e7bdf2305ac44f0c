BBBBBBBBBB BBB gettext(u'We have your nursery application %(code)s and write to you again. Check %(real)s') 
  SS SSSS SSSS SSSSSSS SSSSSSSSSSS SSSSSSSS SSS SSSSS SS SSS SSSSSS SSSSS SSSSSSSS
BBBBBBBBBBBBB
