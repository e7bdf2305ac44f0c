BBBBBBBBBB BBB gettext(u'Sorry: %(kind)s (%(code)s) cannot take place. Choose another time or phone %(phone)s. Check %(real)s') 
  SSSSSS SSSSSSSS SSSSSSSSSS SSSSSS SSSS SSSSSS SSSSSS SSSSSSS SSSS SS SSSSS SSSSSSSSSS SSSSS SSSSSSSS
BBBBBBBBBBBBB
