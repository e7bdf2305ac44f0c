BBBB BBBBBBBBBBBBBBBBBBBBB BBB gettext(u'[%(community)s] Your topic %(receipt)s has its answer. Read it under My matters, or phone %(phone)s.') 
  SSSSSSSSSSSSSSS SSSS SSSSS SSSSSSSSSSS SSS SSS SSSSSSS SSSS SS SSSSS SS SSSSSSSS SS SSSSS SSSSSSSSSS
BBBBBBBBBBBBB
