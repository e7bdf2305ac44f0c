BBBBBBBBBB BBB gettext(u'[%(community)s] The offer on your nursery application %(code)s has run out. If you still need a place, please phone %(phone)s or apply again.') 
  SSSSSSSSSSSSSSS SSS SSSSS SS SSSS SSSSSSS SSSSSSSSSSS SSSSSSSS SSS SSS SSSS SS SSS SSSSS SSSS S SSSSSS SSSSSS SSSSS SSSSSSSSS SS SSSSS SSSSSS
BBBBBBBBBBBBB
