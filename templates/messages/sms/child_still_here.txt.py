BBBBBBBBBB BBB gettext(u'A child (application %(code)s) is still in the nursery after closing time. Check %(real)s') 
  S SSSSS SSSSSSSSSSSS SSSSSSSSS SS SSSSS SS SSS SSSSSSS SSSSS SSSSSSS SSSSS SSSSS SSSSSSSS
BBBBBBBBBBBBB
