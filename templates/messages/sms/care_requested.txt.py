BBBBBBBBBB BBB gettext(u'Received: %(kind)s, %(when)s. Code %(code)s. We confirm it soon. Check %(real)s') 
  SSSSSSSSS SSSSSSSSS SSSSSSSSS SSSS SSSSSSSSS SS SSSSSSS SS SSSSS SSSSS SSSSSSSS
BBBBBBBBBBBBB
