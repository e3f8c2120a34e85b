
app_name = "ipd"
urlpatterns = []
