BBBBBBBBBB BBB gettext(u'Your topic %(receipt)s is on the agenda: %(when)s, %(place)s. You may come and listen. Check %(real)s') 
  SSSS SSSSS SSSSSSSSSSS SS SS SSS SSSSSSS SSSSSSSSS SSSSSSSSSS SSS SSS SSSS SSS SSSSSSS SSSSS SSSSSSSS
BBBBBBBBBBBBB
