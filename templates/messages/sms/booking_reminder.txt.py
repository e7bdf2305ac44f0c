BBBBBBBBBB BBB gettext(u'Tomorrow, %(when)s: %(item)s, %(place)s. Booking code %(code)s. Check %(real)s') 
  SSSSSSSSS SSSSSSSSS SSSSSSSSS SSSSSSSSSS SSSSSSS SSSS SSSSSSSSS SSSSS SSSSSSSS
BBBBBBBBBBBBB
