BBBBBBBBBB BBB gettext(u'The first day (application %(code)s) is over without a contract. Please come or phone %(phone)s. Check %(real)s') 
  SSS SSSSS SSS SSSSSSSSSSSS SSSSSSSSS SS SSSS SSSSSSS S SSSSSSSSS SSSSSS SSSS SS SSSSS SSSSSSSSSS SSSSS SSSSSSSS
BBBBBBBBBBBBB
