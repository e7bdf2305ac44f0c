BBBBBBBBBB BBB gettext(u'[%(community)s] You are asked to see to the topic %(receipt)s. You find it in the back office.') 
  SSSSSSSSSSSSSSS SSS SSS SSSSS SS SSS SS SSS SSSSS SSSSSSSSSSSS SSS SSSS SS SS SSS SSSS SSSSSSS
BBBBBBBBBBBBB
