 gettext(u'New recovery codes are made. Print them.') 
