BBBBBBBBBB BBB gettext(u'Cancelled: %(item)s, %(when)s. Booking code %(code)s is void. Check %(real)s') 
  SSSSSSSSSS SSSSSSSSS SSSSSSSSS SSSSSSS SSSS SSSSSSSS SS SSSSS SSSSS SSSSSSSS
BBBBBBBBBBBBB
