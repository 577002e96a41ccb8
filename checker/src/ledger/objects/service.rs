//! The services whose buckets hold ledgers, and where each one keeps its credentials.

/// Whose bucket it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Service {
    S3,
    Gcs,
    Azure,
}

impl Service {
    /// Where its credentials are looked for, and what is not looked at.
    pub(super) fn credentials(self) -> &'static str {
        match self {
            Self::S3 => {
                "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (and AWS_SESSION_TOKEN), or \
                 AWS_WEB_IDENTITY_TOKEN_FILE and AWS_ROLE_ARN, or give this machine a role. A \
                 profile is not read: `aws configure export-credentials --format env` prints it"
            }
            Self::Gcs => {
                "Set GOOGLE_APPLICATION_CREDENTIALS or GOOGLE_SERVICE_ACCOUNT to a file of \
                 credentials, or GOOGLE_SERVICE_ACCOUNT_KEY to its text; or log in: `gcloud auth \
                 application-default login`"
            }
            Self::Azure => {
                "Set AZURE_STORAGE_ACCOUNT_NAME, and AZURE_STORAGE_ACCOUNT_KEY or \
                 AZURE_STORAGE_SAS_KEY; or AZURE_CLIENT_ID, AZURE_TENANT_ID and \
                 AZURE_CLIENT_SECRET; or give this machine an identity"
            }
        }
    }
}
