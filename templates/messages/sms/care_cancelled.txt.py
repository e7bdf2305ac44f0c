BBBBBBBBBB BBB gettext(u'Cancelled: %(kind)s. Code %(code)s is void. Check %(real)s') 
  SSSSSSSSSS SSSSSSSSS SSSS SSSSSSSS SS SSSSS SSSSS SSSSSSSS
BBBBBBBBBBBBB
