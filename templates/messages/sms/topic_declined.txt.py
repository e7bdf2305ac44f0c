BBBBBBBBBB BBB gettext(u'Your topic %(receipt)s is not taken up. Why: see My matters or phone %(phone)s. Check %(real)s') 
  SSSS SSSSS SSSSSSSSSSS SS SSS SSSSS SSS SSSS SSS SS SSSSSSS SS SSSSS SSSSSSSSSS SSSSS SSSSSSSS
BBBBBBBBBBBBB
