BBBBBBBBBB BBB gettext(u'Your second sign-in step was taken off. Not at your wish? Phone %(phone)s. Check %(real)s') 
  SSSS SSSSSS SSSSSSS SSSS SSS SSSSS SSSS SSS SS SSSS SSSSS SSSSS SSSSSSSSSS SSSSS SSSSSSSS
BBBBBBBBBBBBB
