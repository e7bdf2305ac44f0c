BBBBBBBBBB BBB gettext(u'The offer on application %(code)s was taken back. You wait again, at your place in line. Phone %(phone)s. Check %(real)s') 
  SSS SSSSS SS SSSSSSSSSSS SSSSSSSS SSS SSSSS SSSSS SSS SSSS SSSSSS SS SSSS SSSSS SS SSSSS SSSSS SSSSSSSSSS SSSSS SSSSSSSS
BBBBBBBBBBBBB
