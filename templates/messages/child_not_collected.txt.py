BBBBBBBBBB BBB gettext(u'[%(community)s] The nursery has closed, and nobody has collected your child yet (application %(code)s). Please come now, or phone %(phone)s.') 
  SSSSSSSSSSSSSSS SSS SSSSSSS SSS SSSSSSS SSS SSSSSS SSS SSSSSSSSS SSSS SSSSS SSS SSSSSSSSSSSS SSSSSSSSSS SSSSSS SSSS SSSS SS SSSSS SSSSSSSSSS
BBBBBBBBBBBBB
