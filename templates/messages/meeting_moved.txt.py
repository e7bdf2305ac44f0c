BBBB BBBBBBBBBBBBBBBBBBBBB BBB gettext(u'[%(community)s] Changed: %(body)s now meets on %(day)s, %(time)s, %(place)s. Your topic %(receipt)s stays.') 
  SSSSSSSSSSSSSSS SSSSSSSS SSSSSSSS SSS SSSSS SS SSSSSSSS SSSSSSSSS SSSSSSSSSS SSSS SSSSS SSSSSSSSSSS SSSSSS
BBBBBBBBBBBBB
