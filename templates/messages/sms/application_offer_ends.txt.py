BBBBBBBBBB BBB gettext(u'The place offered on application %(code)s is kept until %(when)s. Check %(real)s') 
  SSS SSSSS SSSSSSS SS SSSSSSSSSSS SSSSSSSS SS SSSS SSSSS SSSSSSSSS SSSSS SSSSSSSS
BBBBBBBBBBBBB
