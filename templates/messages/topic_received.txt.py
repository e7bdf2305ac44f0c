BBBB BBBBBBBBBBBBBBBBBBBBB BBB gettext(u'[%(community)s] Your topic is received, number %(receipt)s. %(body)s meets on %(day)s. You find it under My matters.') 
  SSSSSSSSSSSSSSS SSSS SSSSS SS SSSSSSSSS SSSSSS SSSSSSSSSSSS SSSSSSSS SSSSS SS SSSSSSSS SSS SSSS SS SSSSS SS SSSSSSSS
BBBBBBBBBBBBB
