BBBBBBBBBB BBB gettext(u'Your topic %(receipt)s has its answer: see My matters or phone %(phone)s. Check %(real)s') 
  SSSS SSSSS SSSSSSSSSSS SSS SSS SSSSSSS SSS SS SSSSSSS SS SSSSS SSSSSSSSSS SSSSS SSSSSSSS
BBBBBBBBBBBBB
