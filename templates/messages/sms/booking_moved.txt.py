BBBBBBBBBB BBB gettext(u'Moved to %(when)s: %(item)s, %(place)s. Booking code %(code)s. Check %(real)s') 
  SSSSS SS SSSSSSSSS SSSSSSSSS SSSSSSSSSS SSSSSSS SSSS SSSSSSSSS SSSSS SSSSSSSS
BBBBBBBBBBBBB
