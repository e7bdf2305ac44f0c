BB BBBBBBBBBBBBBBBBBBB
   gettext(u'Streets of the demo, drawn for this project') 
BBBB
   gettext(u'Streets: %(source)s') SSSSSSSS
    SSSSSSSSSSBB BBBBBBBBBBBBBBBBBBB
    X BBBBB
BBBBB
BB BBBBBBBBBBBBBBBBBX
   gettext(u'as of %(day)s') SS SS
    SSSSSSSBBBBB
