BBBBBBBBBB BBB gettext(u'Signed in with a code from a clerk. Not you? Phone %(phone)s. Check %(real)s') 
  SSSSSS SS SSSS S SSSS SSSS S SSSSSS SSS SSSS SSSSS SSSSSSSSSS SSSSS SSSSSSSS
BBBBBBBBBBBBB
