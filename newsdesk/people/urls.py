from django.urls import path

from newsdesk.people import views

urlpatterns = [
    path("sign-out/", views.sign_out, name="sign_out"),
    path("signed-out/", views.signed_out, name="signed_out"),
    # /account/
    path("account/", views.account, name="account"),
    path("account/password/", views.account_password, name="account_password"),
    path("account/sessions/end/", views.sessions_end, name="sessions_end"),
    path("account/second-factor/", views.second_factor_page, name="second_factor"),
    path("account/second-factor/off/", views.second_factor_off, name="second_factor_off"),
    path("account/recovery-codes/", views.recovery_codes, name="recovery_codes"),
    # /forgotten/
    path("forgotten/", views.password_forgotten, name="password_forgotten"),
    path("forgotten/sent/", views.password_sent, name="password_sent"),
    path("forgotten/<str:who>/<str:token>/", views.password_reset, name="password_reset"),
]
