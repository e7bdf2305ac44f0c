BBBBBBBBBB BBB gettext(u'Nobody was at home for %(kind)s (%(code)s). Ring them, then phone %(phone)s. Check %(real)s') 
  SSSSSS SSS SS SSSS SSS SSSSSSSS SSSSSSSSSSS SSSS SSSSS SSSS SSSSS SSSSSSSSSS SSSSS SSSSSSSS
BBBBBBBBBBBBB
