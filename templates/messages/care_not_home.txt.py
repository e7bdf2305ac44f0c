BBBBBBBBBB BBB gettext(u'[%(community)s] Nobody was at home for %(kind)s (code %(code)s). Please ring them, and tell us at %(phone)s how they are.') 
  SSSSSSSSSSSSSSS SSSSSS SSS SS SSSS SSS SSSSSSSS SSSSS SSSSSSSSSS SSSSSS SSSS SSSSS SSS SSSS SS SS SSSSSSSSS SSS SSSS SSSS
BBBBBBBBBBBBB
