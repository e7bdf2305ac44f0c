 gettext(u'You are signed out.') 
