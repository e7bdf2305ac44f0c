BBBB BBBBBBBBBBBBBBBBBBBBB BBB gettext(u'[%(community)s] Your topic %(receipt)s is on the agenda: %(body)s, %(day)s, %(time)s, %(place)s. You may come and listen.') 
  SSSSSSSSSSSSSSS SSSS SSSSS SSSSSSSSSSS SS SS SSS SSSSSSS SSSSSSSSS SSSSSSSS SSSSSSSSS SSSSSSSSSS SSS SSS SSSS SSS SSSSSSS
BBBBBBBBBBBBB
