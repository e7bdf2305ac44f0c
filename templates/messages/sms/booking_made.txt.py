BBBBBBBBBB BBB gettext(u'Booked: %(item)s, %(when)s, %(place)s. Booking code %(code)s. Check %(real)s') 
  SSSSSSS SSSSSSSSS SSSSSSSSS SSSSSSSSSS SSSSSSS SSSS SSSSSSSSS SSSSS SSSSSSSS
BBBBBBBBBBBBB
