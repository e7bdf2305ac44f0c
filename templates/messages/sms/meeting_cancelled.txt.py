BBBBBBBBBB BBB gettext(u'The meeting on %(when)s is called off. Your topic %(receipt)s stays with us. Check %(real)s') 
  SSS SSSSSSS SS SSSSSSSS SS SSSSSS SSSS SSSS SSSSS SSSSSSSSSSS SSSSS SSSS SSS SSSSS SSSSSSSS
BBBBBBBBBBBBB
