BBBBBBBBBB BBB gettext(u'[%(community)s] The nursery has closed, and a child has not been collected yet (application %(code)s). The guardians were notified. The list is in the back office under “Children not collected”.') 
  SSSSSSSSSSSSSSS SSS SSSSSSS SSS SSSSSSS SSS S SSSSS SSS SSS SSSS SSSSSSSSS SSS SSSSSSSSSSSS SSSSSSSSSS SSS SSSSSSSSS SSSS SSSSSSSSS SSS SSSS SS SS SSS SSSS SSSSSS SSSSS SSSSSSSSS SSS SSSSSSSSSSS
BBBBBBBBBBBBB
