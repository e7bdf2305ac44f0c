BBBB BBBBBBBBBBBBBBBBBBBBB BBB gettext(u'[%(community)s] Your topic %(receipt)s is not taken up. Why, and who can help, stands under My matters, or phone %(phone)s.') 
  SSSSSSSSSSSSSSS SSSS SSSSS SSSSSSSSSSS SS SSS SSSSS SSS SSSS SSS SSS SSS SSSSS SSSSSS SSSSS SS SSSSSSSS SS SSSSS SSSSSSSSSS
BBBBBBBBBBBBB
