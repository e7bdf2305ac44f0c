BBBBBBBBBB BBB gettext(u'[%(community)s] The second step of your staff sign-in was taken off. Set up a new one at the next sign-in. Was it not at your wish? Phone %(phone)s at once.') 
  SSSSSSSSSSSSSSS SSS SSSSSS SSSS SS SSSS SSSSS SSSSSSS SSS SSSSS SSSS SSS SS S SSS SSS SS SSS SSSS SSSSSSSS SSS SS SSS SS SSSS SSSSS SSSSS SSSSSSSSS SS SSSSS
BBBBBBBBBBBBB
