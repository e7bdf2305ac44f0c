BBBBBBBBBB BBB gettext(u'Not yours any more: %(when)s, %(kind)s (%(code)s). Check %(real)s') 
  SSS SSSSS SSS SSSSS SSSSSSSSS SSSSSSSS SSSSSSSSSSS SSSSS SSSSSSSS
BBBBBBBBBBBBB
