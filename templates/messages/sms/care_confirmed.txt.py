BBBBBBBBBB BBB gettext(u'Confirmed: %(kind)s, %(when)s. Code %(code)s. Check %(real)s') 
  SSSSSSSSSS SSSSSSSSS SSSSSSSSS SSSS SSSSSSSSS SSSSS SSSSSSSS
BBBBBBBBBBBBB
