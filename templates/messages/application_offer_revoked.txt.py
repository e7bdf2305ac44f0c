BBBBBBBBBB BBB gettext(u'[%(community)s] The nursery has taken back the offer on your application %(code)s. You wait again, at your place in line. Please ask us why: %(phone)s.') 
  SSSSSSSSSSSSSSS SSS SSSSSSS SSS SSSSS SSSS SSS SSSSS SS SSSS SSSSSSSSSSS SSSSSSSSS SSS SSSS SSSSSS SS SSSS SSSSS SS SSSSS SSSSSS SSS SS SSSS SSSSSSSSSS
BBBBBBBBBBBBB
