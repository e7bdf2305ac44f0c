BBBBBBBBBB BBB gettext(u'The meeting is now on %(when)s, %(place)s. Your topic %(receipt)s stays. Check %(real)s') 
  SSS SSSSSSS SS SSS SS SSSSSSSSS SSSSSSSSSS SSSS SSSSS SSSSSSSSSSS SSSSSS SSSSS SSSSSSSS
BBBBBBBBBBBBB
