BBBB BBBBBBBBBBBBBBBBBBBBB BBB gettext(u'[%(community)s] Called off: %(body)s does not meet on %(day)s (%(reason)s). Your topic %(receipt)s stays with us.') 
  SSSSSSSSSSSSSSS SSSSSS SSSS SSSSSSSS SSSS SSS SSSS SS SSSSSSS SSSSSSSSSSSSS SSSS SSSSS SSSSSSSSSSS SSSSS SSSS SSS
BBBBBBBBBBBBB
