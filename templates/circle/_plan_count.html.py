BB BBBB BB BBBBBB
   gettext(u'all ten') 
BBBB BBBB BB BBBBBBBB
   gettext(u'eight or nine') 
BBBB BBBB BB BBBBB
   gettext(u'six or seven') 
BBBB
   gettext(u'fewer than six') 
BBBBB
