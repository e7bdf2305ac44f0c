BBBBBBBBBB BBB gettext(u'Tomorrow, %(when)s: %(kind)s. Code %(code)s. Check %(real)s') 
  SSSSSSSSS SSSSSSSSS SSSSSSSSS SSSS SSSSSSSSS SSSSS SSSSSSSS
BBBBBBBBBBBBB
