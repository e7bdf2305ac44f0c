BBBBBBBBBB BBB gettext(u'Your topic is received, number %(receipt)s. The meeting is on %(when)s. Check %(real)s') 
  SSSS SSSSS SS SSSSSSSSS SSSSSS SSSSSSSSSSSS SSS SSSSSSS SS SS SSSSSSSSS SSSSS SSSSSSSS
BBBBBBBBBBBBB
