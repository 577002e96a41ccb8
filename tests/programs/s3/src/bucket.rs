//! What S3 promises and `s3s-fs` does not: a request is done as a whole, after another
//! or before it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use async_trait::async_trait;
use futures_util::TryStreamExt as _;
use s3s::dto::{
    DeleteObjectInput, DeleteObjectOutput, GetObjectInput, GetObjectOutput, HeadObjectInput,
    HeadObjectOutput, ListObjectsV2Input, ListObjectsV2Output, PutObjectInput, PutObjectOutput,
    StreamingBlob,
};
use s3s::{Body, S3, S3Error, S3Request, S3Response, S3Result, s3_error};
use s3s_fs::FileSystem;
use tokio::sync::RwLock;

use crate::{Told, UnderWay};

/// The buckets of a directory.
pub(crate) struct Bucket {
    files: Arc<RwLock<FileSystem>>,
    folder: PathBuf,
    told: Arc<Told>,
}

impl Bucket {
    pub(crate) fn new(files: FileSystem, folder: &Path, told: Arc<Told>) -> Self {
        Self {
            files: Arc::new(RwLock::new(files)),
            folder: folder.to_owned(),
            told,
        }
    }

    /// `s3s-fs` would say that there is no such object, or make the bucket.
    fn is_there(&self, bucket: &str) -> S3Result<()> {
        if self.folder.join(bucket).is_dir() {
            Ok(())
        } else {
            Err(s3_error!(
                NoSuchBucket,
                "The specified bucket does not exist"
            ))
        }
    }
}

#[async_trait]
impl S3 for Bucket {
    async fn put_object(
        &self,
        mut request: S3Request<PutObjectInput>,
    ) -> S3Result<S3Response<PutObjectOutput>> {
        self.is_there(&request.input.bucket)?;
        if self.told.is_deaf.load(Ordering::SeqCst) {
            request.input.if_none_match = None;
            request.input.if_match = None;
        }
        // Of a client that is killed on the way, nothing is kept …
        if let Some(body) = request.input.body.take() {
            let chunks: Result<Vec<_>, _> = body.try_collect().await;
            let chunks = chunks.map_err(|error| s3_error!(IncompleteBody, "{error}"))?;
            request.input.body = Some(StreamingBlob::from(Body::from(chunks.concat())));
        }
        // … and of one that is killed later, all: its request goes on without it.
        let files = Arc::clone(&self.files);
        let under_way = UnderWay::new(&self.told);
        let put = tokio::spawn(async move {
            let put = files.write().await.put_object(request).await;
            drop(under_way);
            put
        });
        put.await.map_err(S3Error::internal_error)?
    }

    async fn delete_object(
        &self,
        request: S3Request<DeleteObjectInput>,
    ) -> S3Result<S3Response<DeleteObjectOutput>> {
        self.is_there(&request.input.bucket)?;
        self.files.write().await.delete_object(request).await
    }

    async fn get_object(
        &self,
        request: S3Request<GetObjectInput>,
    ) -> S3Result<S3Response<GetObjectOutput>> {
        self.is_there(&request.input.bucket)?;
        self.files.read().await.get_object(request).await
    }

    async fn head_object(
        &self,
        request: S3Request<HeadObjectInput>,
    ) -> S3Result<S3Response<HeadObjectOutput>> {
        self.is_there(&request.input.bucket)?;
        self.files.read().await.head_object(request).await
    }

    async fn list_objects_v2(
        &self,
        request: S3Request<ListObjectsV2Input>,
    ) -> S3Result<S3Response<ListObjectsV2Output>> {
        self.files.read().await.list_objects_v2(request).await
    }
}
