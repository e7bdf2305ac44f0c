BBBBBBBBBB BBB gettext(u'The offer on application %(code)s has run out. If you still need a place, phone %(phone)s. Check %(real)s') 
  SSS SSSSS SS SSSSSSSSSSS SSSSSSSS SSS SSS SSSS SS SSS SSSSS SSSS S SSSSSS SSSSS SSSSSSSSSS SSSSS SSSSSSSS
BBBBBBBBBBBBB
