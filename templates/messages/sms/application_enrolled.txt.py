BBBBBBBBBB BBB gettext(u'Your nursery application %(code)s is complete: the place is yours. Check %(real)s') 
  SSSS SSSSSSS SSSSSSSSSSS SSSSSSSS SS SSSSSSSSS SSS SSSSS SS SSSSSS SSSSS SSSSSSSS
BBBBBBBBBBBBB
