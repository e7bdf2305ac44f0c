BBBBBBBBBB BBB gettext(u'The nursery is closed and your child (application %(code)s) is still here. Come now or phone %(phone)s. Check %(real)s') 
  SSS SSSSSSS SS SSSSSS SSS SSSS SSSSS SSSSSSSSSSSS SSSSSSSSS SS SSSSS SSSSS SSSS SSS SS SSSSS SSSSSSSSSS SSSSS SSSSSSSS
BBBBBBBBBBBBB
