BBBBBBBBBB BBB gettext(u'Not at home: %(kind)s (%(code)s). Find out now how they are. Check %(real)s') 
  SSS SS SSSSS SSSSSSSS SSSSSSSSSSS SSSS SSS SSS SSS SSSS SSSS SSSSS SSSSSSSS
BBBBBBBBBBBBB
