BBBBBBBBBB BBB gettext(u'[%(community)s] The first day in the nursery (application %(code)s) is over, and the contract is not signed. Please come or phone %(phone)s; otherwise the place goes to another child.') 
  SSSSSSSSSSSSSSS SSS SSSSS SSS SS SSS SSSSSSS SSSSSSSSSSSS SSSSSSSSS SS SSSSS SSS SSS SSSSSSSS SS SSS SSSSSSS SSSSSS SSSS SS SSSSS SSSSSSSSSS SSSSSSSSS SSS SSSSS SSSS SS SSSSSSS SSSSSS
BBBBBBBBBBBBB
