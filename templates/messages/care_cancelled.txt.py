BBBBBBBBBB BBB gettext(u'[%(community)s] Cancelled: %(kind)s. Code %(code)s is no longer valid.') 
  SSSSSSSSSSSSSSS SSSSSSSSSS SSSSSSSSS SSSS SSSSSSSS SS SS SSSSSS SSSSSS
BBBBBBBBBBBBB
