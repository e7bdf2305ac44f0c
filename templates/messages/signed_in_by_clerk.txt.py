BBBBBBBBBB BBB gettext(u'[%(community)s] You were signed in with a code that a clerk gave. Was it not you? Phone %(phone)s at once.') 
  SSSSSSSSSSSSSSS SSS SSSS SSSSSS SS SSSS S SSSS SSSS S SSSSS SSSSS SSS SS SSS SSSS SSSSS SSSSSSSSS SS SSSSS
BBBBBBBBBBBBB
