BBBBBBBBBB BBB gettext(u'[%(community)s] Your nursery application %(code)s is complete: the place is yours. The first day stands under “My matters”.') 
  SSSSSSSSSSSSSSS SSSS SSSSSSS SSSSSSSSSSS SSSSSSSS SS SSSSSSSSS SSS SSSSS SS SSSSSS SSS SSSSS SSS SSSSSS SSSSS SSS SSSSSSSSS
BBBBBBBBBBBBB
