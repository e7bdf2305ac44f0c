 gettext(u'The app is set up.') 
