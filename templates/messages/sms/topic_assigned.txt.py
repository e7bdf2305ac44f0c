BBBBBBBBBB BBB gettext(u'You are asked to see to the topic %(receipt)s: sign in at the back office. Check %(real)s') 
  SSS SSS SSSSS SS SSS SS SSS SSSSS SSSSSSSSSSSS SSSS SS SS SSS SSSS SSSSSSS SSSSS SSSSSSSS
BBBBBBBBBBBBB
