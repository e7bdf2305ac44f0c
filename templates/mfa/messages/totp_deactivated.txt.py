 gettext(u'The app is removed.') 
